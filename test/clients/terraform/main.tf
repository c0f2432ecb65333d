terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

variable "image_tag" {
  type    = string
  default = "v1"
}
variable "canary" {
  type    = string
  default = "CodeDeployDefault.ECSCanary10Percent5Minutes"
}

provider "aws" {
  region                      = "us-east-1"
  access_key                  = "terraform"
  secret_key                  = "terraform"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
}

data "aws_caller_identity" "me" {}
data "aws_region" "here" {}
data "aws_vpc" "default" { default = true }
data "aws_subnets" "default" {
  filter {
    name   = "vpc-id"
    values = [data.aws_vpc.default.id]
  }
}

resource "aws_security_group" "web" {
  name        = "web"
  description = "The balancer and its tasks"
  vpc_id      = data.aws_vpc.default.id
  ingress {
    from_port   = 80
    to_port     = 80
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_ecr_repository" "shop" {
  name                 = "team/shop"
  image_tag_mutability = "IMMUTABLE"
  image_scanning_configuration { scan_on_push = true }
}


resource "aws_cloudwatch_log_group" "shop" {
  name              = "/ecs/shop"
  retention_in_days = 14
}

data "aws_iam_policy_document" "assume" {
  for_each = toset(["ecs-tasks", "codedeploy", "states", "events"])
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["${each.key}.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "role" {
  for_each           = data.aws_iam_policy_document.assume
  name               = "shop-${each.key}"
  assume_role_policy = each.value.json
}

resource "aws_iam_role_policy_attachment" "execution" {
  role       = aws_iam_role.role["ecs-tasks"].name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}

resource "aws_iam_role_policy_attachment" "codedeploy" {
  role       = aws_iam_role.role["codedeploy"].name
  policy_arn = "arn:aws:iam::aws:policy/AWSCodeDeployRoleForECS"
}

resource "aws_iam_policy" "start" {
  name = "start-release"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "states:StartExecution", Resource = aws_sfn_state_machine.release.arn }]
  })
}

resource "aws_iam_role_policy_attachment" "start" {
  role       = aws_iam_role.role["events"].name
  policy_arn = aws_iam_policy.start.arn
}

resource "aws_iam_role_policy" "states" {
  name = "describe"
  role = aws_iam_role.role["states"].id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "ecs:DescribeServices", Resource = "*" }]
  })
}

resource "aws_lb" "web" {
  name               = "web"
  load_balancer_type = "application"
  subnets            = data.aws_subnets.default.ids
  security_groups    = [aws_security_group.web.id]
}

resource "aws_lb_target_group" "color" {
  for_each             = toset(["blue", "green"])
  name                 = each.key
  port                 = 8080
  protocol             = "HTTP"
  target_type          = "ip"
  vpc_id               = data.aws_vpc.default.id
  deregistration_delay = 5
  health_check {
    path                = "/health"
    interval            = 10
    healthy_threshold   = 2
    unhealthy_threshold = 2
    timeout             = 5
    matcher             = "200-299"
  }
}

resource "aws_lb_listener" "production" {
  load_balancer_arn = aws_lb.web.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.color["blue"].arn
  }
  lifecycle { ignore_changes = [default_action] }
}

resource "aws_lb_listener" "test" {
  load_balancer_arn = aws_lb.web.arn
  port              = 8443
  protocol          = "HTTP"
  default_action {
    type = "fixed-response"
    fixed_response {
      content_type = "text/plain"
      message_body = "nothing to test"
      status_code  = "404"
    }
  }
  lifecycle { ignore_changes = [default_action] }
}

resource "aws_lb_listener_rule" "old_shop" {
  listener_arn = aws_lb_listener.production.arn
  priority     = 10
  action {
    type = "redirect"
    redirect {
      path        = "/shop/#{path}"
      status_code = "HTTP_301"
    }
  }
  condition {
    path_pattern { values = ["/old/*"] }
  }
  condition {
    http_header {
      http_header_name = "X-Client"
      values           = ["web", "app-*"]
    }
  }
}

resource "aws_ecs_cluster" "shop" {
  name = "shop"
  setting {
    name  = "containerInsights"
    value = "enabled"
  }
}

resource "aws_ecs_task_definition" "shop" {
  family                   = "shop"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  execution_role_arn       = aws_iam_role.role["ecs-tasks"].arn
  container_definitions = jsonencode([{
    name         = "shop"
    image        = "${aws_ecr_repository.shop.repository_url}:${var.image_tag}"
    essential    = true
    portMappings = [{ containerPort = 8080, protocol = "tcp" }]
    environment  = [{ name = "VERSION", value = var.image_tag }]
    logConfiguration = {
      logDriver = "awslogs"
      options = {
        "awslogs-group"         = aws_cloudwatch_log_group.shop.name
        "awslogs-region"        = data.aws_region.here.name
        "awslogs-stream-prefix" = "shop"
      }
    }
  }])
}

resource "aws_ecs_service" "shop" {
  name            = "shop"
  cluster         = aws_ecs_cluster.shop.id
  task_definition = aws_ecs_task_definition.shop.arn
  desired_count   = 0
  launch_type     = "FARGATE"
  deployment_controller { type = "CODE_DEPLOY" }
  load_balancer {
    target_group_arn = aws_lb_target_group.color["blue"].arn
    container_name   = "shop"
    container_port   = 8080
  }
  network_configuration {
    subnets         = data.aws_subnets.default.ids
    security_groups = [aws_security_group.web.id]
  }
  depends_on = [aws_lb_listener.production]
  lifecycle { ignore_changes = [task_definition, load_balancer, desired_count] }
}

resource "aws_ecs_service" "worker" {
  name                               = "worker"
  cluster                            = aws_ecs_cluster.shop.id
  task_definition                    = aws_ecs_task_definition.shop.arn
  desired_count                      = 0
  launch_type                        = "FARGATE"
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 150
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
  network_configuration {
    subnets         = data.aws_subnets.default.ids
    security_groups = [aws_security_group.web.id]
  }
}

resource "aws_codedeploy_app" "shop" {
  name             = "shop"
  compute_platform = "ECS"
}

resource "aws_codedeploy_deployment_config" "slow" {
  deployment_config_name = "ten-percent-every-minute"
  compute_platform       = "ECS"
  traffic_routing_config {
    type = "TimeBasedLinear"
    time_based_linear {
      interval   = 1
      percentage = 10
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name          = "shop-errors"
  namespace           = "AWS/ApplicationELB"
  metric_name         = "HTTPCode_Target_5XX_Count"
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 1
  threshold           = 5
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  dimensions          = { LoadBalancer = aws_lb.web.arn_suffix }
}

resource "aws_codedeploy_deployment_group" "shop" {
  app_name               = aws_codedeploy_app.shop.name
  deployment_group_name  = "shop"
  service_role_arn       = aws_iam_role.role["codedeploy"].arn
  deployment_config_name = var.canary
  deployment_style {
    deployment_type   = "BLUE_GREEN"
    deployment_option = "WITH_TRAFFIC_CONTROL"
  }
  blue_green_deployment_config {
    deployment_ready_option { action_on_timeout = "CONTINUE_DEPLOYMENT" }
    terminate_blue_instances_on_deployment_success {
      action                           = "TERMINATE"
      termination_wait_time_in_minutes = 5
    }
  }
  auto_rollback_configuration {
    enabled = true
    events  = ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM"]
  }
  alarm_configuration {
    enabled = true
    alarms  = [aws_cloudwatch_metric_alarm.errors.alarm_name]
  }
  ecs_service {
    cluster_name = aws_ecs_cluster.shop.name
    service_name = aws_ecs_service.shop.name
  }
  load_balancer_info {
    target_group_pair_info {
      prod_traffic_route { listener_arns = [aws_lb_listener.production.arn] }
      test_traffic_route { listener_arns = [aws_lb_listener.test.arn] }
      target_group { name = aws_lb_target_group.color["blue"].name }
      target_group { name = aws_lb_target_group.color["green"].name }
    }
  }
  depends_on = [aws_iam_role_policy_attachment.codedeploy]
}

resource "aws_sfn_state_machine" "release" {
  name     = "release"
  role_arn = aws_iam_role.role["states"].arn
  definition = jsonencode({
    QueryLanguage = "JSONata"
    StartAt       = "Look"
    States = {
      Look = { Type = "Pass", Output = "{% $states.input.detail.'image-tag' %}", Next = "Rest" }
      Rest = { Type = "Wait", Seconds = 30, End = true }
    }
  })
}

resource "aws_cloudwatch_event_rule" "push" {
  name = "image-pushed"
  event_pattern = jsonencode({
    source        = ["aws.ecr"]
    "detail-type" = ["ECR Image Action"]
    detail        = { "action-type" = ["PUSH"], result = ["SUCCESS"], "repository-name" = [aws_ecr_repository.shop.name] }
  })
}

resource "aws_cloudwatch_event_target" "release" {
  rule     = aws_cloudwatch_event_rule.push.name
  arn      = aws_sfn_state_machine.release.arn
  role_arn = aws_iam_role.role["events"].arn
  retry_policy {
    maximum_retry_attempts       = 5
    maximum_event_age_in_seconds = 3600
  }
}

output "balancer" { value = aws_lb.web.dns_name }
output "deployment_group" { value = aws_codedeploy_deployment_group.shop.deployment_group_id }
